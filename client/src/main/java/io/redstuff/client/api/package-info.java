/**
 * What is said between storage nodes and their clients, over HTTP: routes, bodies in BCS, answers
 * in JSON, errors with their codes and reasons. Clients and nodes use the same classes.
 *
 * <p>Whatever is read is read strictly, before anything is made of it, and nothing is verified by
 * being read: symbols, slivers and signatures are what somebody sent. Fields in JSON that are not
 * known are passed over, as the network adds some from time to time.
 */
package io.redstuff.client.api;
