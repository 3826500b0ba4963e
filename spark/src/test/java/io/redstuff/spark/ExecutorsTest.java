package io.redstuff.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.spark.task.TaskWorkers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the other tests rely on: executors are other processes, with the library and vectors. */
@ExtendWith(Cluster.class)
class ExecutorsTest {
  private static final byte[] BLOB = {1, 2, 3};

  @Test
  void twoForeignProcessesWorkWithVectors() {
    Set<String> processes = new HashSet<>();
    // which executor gets a task is chance: until both have had one
    for (int round = 0; processes.size() < 2 && round < 100; round++) {
      MapPartitionsFunction<Integer, String> tell =
          some -> {
            some.forEachRemaining(_ -> {});
            RedStuff codec = TaskWorkers.of(10).codec();
            // one that is asked for by name runs or fails, and is never another
            Engine vector = Engines.named("vector");
            return List.of(
                    ProcessHandle.current().pid()
                        + " "
                        + vector.name()
                        + " "
                        + codec.parallelism()
                        + " "
                        + RedStuff.forShards(10, vector).blobId(BLOB))
                .iterator();
          };
      List<String> told =
          Cluster.session()
              .createDataset(IntStream.range(0, 4).boxed().toList(), Encoders.INT())
              .repartition(4)
              .mapPartitions(tell, Encoders.STRING())
              .collectAsList();
      for (String line : told) {
        String[] words = line.split(" ", -1);
        processes.add(words[0]);
        assertTrue(words[1].startsWith("vector"), line);
        assertEquals("1", words[2], "as many threads as a task has processors");
        assertEquals(RedStuff.forShards(10).blobId(BLOB).toString(), words[3]);
      }
    }
    assertEquals(2, processes.size());
    assertFalse(processes.contains(Long.toString(ProcessHandle.current().pid())));
  }
}
