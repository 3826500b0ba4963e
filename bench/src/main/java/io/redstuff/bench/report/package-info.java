/**
 * The report: runs benchmarks by topic, keeps their results as JSON, and writes the tables and
 * plots of the page on performance from them.
 */
package io.redstuff.bench.report;
