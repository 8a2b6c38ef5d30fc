package io.tongdao.ops.demo;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Counts up on a terminal while something takes its time; silent where the output goes to a file. */
final class Progress implements AutoCloseable {
    private static final int EVERY_MILLIS = 250;
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** @param shown whether a person watches */
    static Progress of(String what, boolean shown, PrintStream out) {
        return new Progress(
                shown
                        ? new ProgressBarBuilder()
                                .setTaskName("    " + what)
                                .setInitialMax(-1)
                                .setUpdateIntervalMillis(EVERY_MILLIS)
                                .setStyle(ProgressBarStyle.ASCII)
                                .setConsumer(new ConsoleProgressBarConsumer(out))
                                .showSpeed()
                                .build()
                        : null);
    }

    void at(long count) {
        if (bar != null) {
            bar.stepTo(count);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
