package io.tongdao.runtime;

import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A processor whose errors say where and of what class, never with which value, and whose records are committed at the stage's
 * {@link Pace}. Every processor of a stage is wrapped in it: Kafka Streams logs what a processor throws, and Avro's messages quote the datum that did not fit.
 *
 * <p>Kafka's own exceptions pass untouched: they steer transactions and rebalances, and carry no values.
 */
public final class Guarded<KI, VI, KO, VO> implements ProcessorSupplier<KI, VI, KO, VO> {
    private final String name;
    private final ProcessorSupplier<KI, VI, KO, VO> inner;

    private Guarded(String name, ProcessorSupplier<KI, VI, KO, VO> inner) {
        this.name = name;
        this.inner = inner;
    }

    /** @param name the processor's node */
    public static <KI, VI, KO, VO> ProcessorSupplier<KI, VI, KO, VO> guard(
            String name, ProcessorSupplier<KI, VI, KO, VO> inner) {
        return new Guarded<>(name, inner);
    }

    /** The same for what a processor does by the clock. */
    public static Punctuator guard(String name, Punctuator inner) {
        return at -> {
            try {
                inner.punctuate(at);
            } catch (KafkaException | StageFault e) {
                throw e;
            } catch (RuntimeException e) {
                throw StageFault.of(name, e);
            }
        };
    }

    @Override
    public Processor<KI, VI, KO, VO> get() {
        return new Guard<>(name, inner.get());
    }

    @Override
    public @Nullable Set<StoreBuilder<?>> stores() {
        return inner.stores();
    }

    private static final class Guard<KI, VI, KO, VO> implements Processor<KI, VI, KO, VO> {
        private final String name;
        private final Processor<KI, VI, KO, VO> inner;
        private @Nullable ProcessorContext<KO, VO> context;

        Guard(String name, Processor<KI, VI, KO, VO> inner) {
            this.name = name;
            this.inner = inner;
        }

        @Override
        public void init(ProcessorContext<KO, VO> processing) {
            context = processing;
            inner.init(processing);
        }

        @Override
        public void process(Record<KI, VI> input) {
            try {
                inner.process(input);
                worked();
            } catch (KafkaException | StageFault e) {
                throw e;
            } catch (RuntimeException e) {
                throw StageFault.of(where(), e);
            }
        }

        @Override
        public void close() {
            inner.close();
        }

        private void worked() {
            Pace pace = Pace.ofThread();
            if (pace != null && context != null) {
                pace.worked(context, System.nanoTime());
            }
        }

        private String where() {
            return name
                    + (context == null
                            ? ""
                            : context.recordMetadata()
                                    .map(at -> " at " + at.topic() + "-" + at.partition() + " offset " + at.offset())
                                    .orElse(""));
        }
    }
}
