/**
 * What is asked of a publisher or aggregator and what it answers: routes, queries, ranges, answers
 * and errors, with the names that the network's own has.
 */
package io.redstuff.daemon.api;
