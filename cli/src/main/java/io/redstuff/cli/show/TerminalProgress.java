package io.redstuff.cli.show;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar that appears only if the work is still going on after a short while, so that quick
 * work leaves the terminal alone. The only class that knows the progress bar library.
 */
public final class TerminalProgress implements Progress {

  /** Work that ends sooner shows no bar. */
  public static final Duration PATIENCE = Duration.ofMillis(700);

  private static final int DEFAULT_WIDTH = 80;
  private static final int UPDATE_MILLIS = 200;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream terminal;
  private final int width;
  private final String task;
  private final long total;
  private final String unit;
  private final Timer timer = new Timer("progress", true);
  private long done;
  private boolean closed;
  private ProgressBar bar;
  private ErasingConsumer display;

  private TerminalProgress(PrintStream terminal, int width, String task, long total, String unit) {
    this.terminal = terminal;
    this.width = width;
    this.task = task;
    this.total = total;
    this.unit = unit;
  }

  /** Displays on {@code terminal}, each waiting for {@code patience} before it appears. */
  public static Factory on(PrintStream terminal, Duration patience) {
    int width = terminalWidth(System.getenv("COLUMNS"));
    return (task, total, unit) -> {
      TerminalProgress progress = new TerminalProgress(terminal, width, task, total, unit);
      progress.appearAfter(patience);
      return progress;
    };
  }

  /** The width to draw at, given the shell's {@code COLUMNS}, which may be absent or nonsense. */
  static int terminalWidth(String columns) {
    boolean usable = columns != null && columns.matches("[0-9]{2,4}");
    // One column stays free: a full last column makes some terminals wrap.
    return (usable ? Integer.parseInt(columns) : DEFAULT_WIDTH) - 1;
  }

  @Override
  public synchronized void step(long count) {
    done += count;
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void aside(Runnable output) {
    if (bar == null) {
      output.run();
    } else {
      display.aside(output);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    timer.cancel();
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void appearAfter(Duration patience) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            appear();
          }
        },
        patience.toMillis());
  }

  private synchronized void appear() {
    if (closed) {
      return;
    }
    // With a width given the library does not go and ask the terminal through native code.
    display = new ErasingConsumer(terminal, width);
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(" " + unit, unit.equals(MIB) ? 1 << 20 : 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(display)
            .continuousUpdate();
    bar = (total < 0 ? builder.hideEta() : builder.showSpeed()).build();
    bar.stepTo(done);
  }

  /** Leaves an empty line behind instead of the last state of the bar. */
  private static final class ErasingConsumer extends ConsoleProgressBarConsumer {

    private final PrintStream terminal;
    private String shown;

    ErasingConsumer(PrintStream terminal, int width) {
      super(terminal, width);
      this.terminal = terminal;
    }

    @Override
    public synchronized void accept(String text) {
      super.accept(text);
      shown = text;
    }

    synchronized void aside(Runnable output) {
      if (shown == null) {
        output.run();
        return;
      }
      close();
      try {
        output.run();
      } finally {
        super.accept(shown);
      }
    }

    @Override
    public synchronized void close() {
      terminal.print(ERASE_LINE);
      terminal.flush();
    }
  }
}
