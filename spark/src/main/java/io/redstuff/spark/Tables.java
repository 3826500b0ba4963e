package io.redstuff.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The tables that jobs read and write, by column. Blob ids, metadata, slivers, openings and symbols
 * are binary columns, in BCS where the network has a form of them.
 */
public final class Tables {
  /** Of an archive: which of its tables, or which node's slivers. */
  public static final String PLACE = "place";

  /** The URI of a file. */
  public static final String URI = "uri";

  /** When a file was written, in milliseconds since 1970. */
  public static final String MODIFIED = "modified";

  /** A blob id, 32 bytes. */
  public static final String BLOB = "blob";

  /** The length of a blob or a file in bytes. */
  public static final String LENGTH = "length";

  /** The shard that a sliver belongs to, 0 to n - 1. */
  public static final String SHARD = "shard";

  /** The axis of a sliver, 0 for primary, 1 for secondary. */
  public static final String AXIS = "axis";

  /** The index of a sliver, 0 to n - 1. */
  public static final String INDEX = "index";

  /** A sliver in BCS, or the metadata of a blob with its id. */
  public static final String BCS = "bcs";

  /** Why there is nothing else in a row. */
  public static final String ERROR = "error";

  /** The id of a quilt's file, 50 characters. */
  public static final String PATCH = "patch";

  /** The name of a file within its quilt. */
  public static final String IDENTIFIER = "identifier";

  /** An id as text: 43 characters of URL-safe base64. */
  public static final String ID = "id";

  /** What is at the URIs that a job was given. */
  static final StructType FILES =
      table(
          field(URI, DataTypes.StringType),
          field(LENGTH, DataTypes.LongType),
          field(MODIFIED, DataTypes.LongType),
          field(ERROR, DataTypes.StringType));

  /** Ids of files. */
  public static final StructType IDS =
      table(
          field(ID, DataTypes.StringType),
          field(LENGTH, DataTypes.LongType),
          field(URI, DataTypes.StringType),
          field(MODIFIED, DataTypes.LongType),
          field(BCS, DataTypes.BinaryType),
          field(ERROR, DataTypes.StringType));

  /** An archive: what it has of metadata, failures, patches of quilts, and slivers by node. */
  public static final StructType ARCHIVE =
      table(
          field(URI, DataTypes.StringType),
          field(MODIFIED, DataTypes.LongType),
          field(BLOB, DataTypes.BinaryType),
          field(LENGTH, DataTypes.LongType),
          field(SHARD, DataTypes.IntegerType),
          field(AXIS, DataTypes.IntegerType),
          field(INDEX, DataTypes.IntegerType),
          field(BCS, DataTypes.BinaryType),
          field(ERROR, DataTypes.StringType),
          field(PATCH, DataTypes.StringType),
          field(IDENTIFIER, DataTypes.StringType),
          field(PLACE, DataTypes.StringType));

  private Tables() {}

  /**
   * Returns the bytes that a row has in a column. Rows do not know their columns where Spark hands
   * them from one function to the next.
   */
  static byte[] bytes(StructType table, Row row, String column) {
    return (byte[]) row.get(table.fieldIndex(column));
  }

  /** Returns the text. */
  static String text(StructType table, Row row, String column) {
    return row.getString(table.fieldIndex(column));
  }

  /** Returns the number. */
  static int number(StructType table, Row row, String column) {
    return row.getInt(table.fieldIndex(column));
  }

  static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  static StructType table(StructField... fields) {
    return DataTypes.createStructType(List.of(fields));
  }
}
