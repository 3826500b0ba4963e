package io.redstuff.network.node.http;

import io.redstuff.network.node.service.Audits;
import io.redstuff.network.node.service.Confirmations;
import io.redstuff.network.node.service.Downloads;
import io.redstuff.network.node.service.Inconsistencies;
import io.redstuff.network.node.service.ShardExport;
import io.redstuff.network.node.service.Statuses;
import io.redstuff.network.node.service.Symbols;
import io.redstuff.network.node.service.Uploads;

/**
 * What a node does for those who ask it.
 *
 * @param uploads takes metadata and slivers
 * @param downloads gives them out
 * @param confirmations signs that they are there
 * @param symbols cuts symbols
 * @param inconsistencies judges proofs
 * @param shards gives shards to other nodes
 * @param audits proves that slivers are there
 * @param statuses says what is known
 * @since 0.1.0
 */
public record Services(
    Uploads uploads,
    Downloads downloads,
    Confirmations confirmations,
    Symbols symbols,
    Inconsistencies inconsistencies,
    ShardExport shards,
    Audits audits,
    Statuses statuses) {}
