/**
 * What a storage node does unasked: heals what it lacks, fetches shards that it gains, shows others
 * that a blob is inconsistent, throws away what nobody pays for, and looks through what it has.
 */
package io.redstuff.network.node.work;
