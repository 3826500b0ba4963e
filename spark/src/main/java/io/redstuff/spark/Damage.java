package io.redstuff.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;

import java.io.IOException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Damages an archive on purpose, to try out scrub, repair and audit. */
public final class Damage {
  private Damage() {}

  /**
   * Loses all that a node keeps.
   *
   * @param archive what to damage
   * @param node the number of the node
   * @return how many slivers are gone, whose copies count once
   * @throws IOException if they cannot be deleted
   */
  public static long lose(Archive archive, int node) throws IOException {
    long slivers = slivers(archive.rows(Nodes.placeOf(node)));
    archive.deleteNode(node);
    return slivers;
  }

  /**
   * Flips a bit in some of the slivers of a node.
   *
   * @param archive what to damage
   * @param node the number of the node
   * @param oneIn one sliver in so many, about, chosen by what it is
   * @return how many are bad now, all their copies together
   * @throws IOException if what was there cannot be deleted
   * @throws IllegalArgumentException if {@code oneIn} is not positive
   */
  public static long rot(Archive archive, int node, int oneIn) throws IOException {
    if (oneIn < 1) {
      throw new IllegalArgumentException("one in: got " + oneIn + ", expected 1 or more");
    }
    MapFunction<Row, Row> flip = Damage::flip;
    Dataset<Row> all = archive.rows(Nodes.placeOf(node)).localCheckpoint();
    var chosen =
        pmod(hash(col(Tables.BLOB), col(Tables.AXIS), col(Tables.INDEX)), lit(oneIn)).equalTo(0);
    Dataset<Row> rotten =
        all.where(chosen).map(flip, Encoders.row(Tables.ARCHIVE)).localCheckpoint();
    Dataset<Row> left = all.where(not(chosen));
    archive.deleteNode(node);
    archive.append(left.union(rotten));
    return slivers(rotten);
  }

  /** Counts each sliver once, however many copies there are. */
  private static long slivers(Dataset<Row> rows) {
    return rows.select(Tables.BLOB, Tables.AXIS, Tables.INDEX).distinct().count();
  }

  private static Row flip(Row row) {
    byte[] bcs = row.<byte[]>getAs(Tables.BCS).clone();
    bcs[bcs.length / 2] ^= 1;
    Object[] values = new Object[Tables.ARCHIVE.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == Tables.ARCHIVE.fieldIndex(Tables.BCS) ? bcs : row.get(i);
    }
    return RowFactory.create(values);
  }
}
