package io.tongdao.runtime;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortedException;

/**
 * Why a stage stopped by itself: handed to whoever started it, who ends the process with a named exit code.
 *
 * @param what the chain of errors, outermost first: class names, with the text only where it is Kafka's or our own, which never quote
 *     a record
 */
public record StageFailure(String stage, List<String> what) {
    private static final int DEPTH = 6;

    static StageFailure of(String stage, Throwable error) {
        List<String> what = new ArrayList<>();
        for (Throwable at = error; at != null && what.size() < DEPTH; at = at.getCause()) {
            boolean safe = at instanceof KafkaException || at instanceof StageFault;
            what.add(
                    safe
                            ? at.getClass().getSimpleName() + ": " + firstLine(at)
                            : at.getClass().getName());
        }
        return new StageFailure(stage, List.copyOf(what));
    }

    private static String firstLine(Throwable error) {
        String text = String.valueOf(error.getMessage());
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * Whether a thread's error may pass with another try: nothing of an unfinished transaction is seen by anybody, and a new thread begins
     * where the last finished one ended. A user made a moment ago is among a cluster's users before each broker lets it in.
     */
    static boolean passing(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if ((at instanceof StageFault fault && fault.passing())
                    || at instanceof RetriableException
                    || at instanceof AuthenticationException
                    || aborted(at)) {
                return true;
            }
        }
        return false;
    }

    /** The broker has given a transaction up that took too long: the machine, or the network, was overloaded. */
    private static boolean aborted(Throwable error) {
        return error instanceof InvalidTxnStateException
                || error instanceof TransactionAbortedException
                || error instanceof InvalidProducerEpochException
                || error instanceof ProducerFencedException;
    }
}
