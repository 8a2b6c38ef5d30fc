package io.tongdao.ops.embedded;

import java.io.IOException;

/** The signals that end a child process in an orderly way; Java itself can only send {@code TERM}. */
enum StopSignal {
    TERM,
    /** PostgreSQL: disconnect clients, checkpoint, end. */
    INT,
    /** PostgreSQL: end at once, recover at the next start. */
    QUIT;

    /** A process that is gone already is no error. */
    void send(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name() + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
