/** What work runs on: crews of threads, pools of workers, arenas, native memory. */
package io.redstuff.internal.work;
