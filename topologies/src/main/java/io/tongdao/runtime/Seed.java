package io.tongdao.runtime;

import io.tongdao.contract.topic.Ver;
import org.jspecify.annotations.Nullable;

/** A value of {@code ctl.seed.<kind>}: what a stage that is rebuilt has to know beside what it reads. */
public sealed interface Seed {
    /** Of the stage: what another generation was told is not for this one. */
    int generation();

    String stage();

    /**
     * What one of the stage's own topics holds, in order with what the stage reads about the same subject.
     *
     * @param stage its name
     * @param topic that holds it
     * @param key its key there
     * @param ver its version; none: the topic has none
     * @param content a digest where it consists of values, else the value
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    record Known(
            int generation,
            String stage,
            String topic,
            String key,
            @Nullable Ver ver,
            byte[] content) implements Seed {
        @Override
        public String toString() {
            return "Known[" + topic + " ***]";
        }
    }

    /** All tasks have read everything: they write from now on. A copy in every partition. */
    record Go(int generation, String stage) implements Seed {}

    /** As it stands on the topic. */
    default byte[] encode() {
        return switch (this) {
            case Go go ->
                new StateOut(Format.NOW)
                        .flag(false)
                        .number(go.generation)
                        .text(go.stage)
                        .end();
            case Known known -> {
                StateOut out = new StateOut(Format.NOW)
                        .flag(true)
                        .number(known.generation)
                        .text(known.stage);
                out.text(known.topic).text(known.key).flag(known.ver != null);
                yield out.raw(known.ver == null ? new byte[0] : known.ver.bytes())
                        .raw(known.content)
                        .end();
            }
        };
    }

    /** @throws IllegalStateException if a newer version wrote the value */
    static Seed decode(byte[] value) {
        StateIn in = new StateIn(value, Format.NOW);
        boolean known = in.flag();
        int generation = (int) in.number();
        String stage = in.text();
        return known
                ? new Known(
                        generation,
                        stage,
                        in.text(),
                        in.text(),
                        in.flag() ? Ver.parse(in.raw(Ver.WIDTH)) : null,
                        in.rest())
                : new Go(generation, stage);
    }

    /** Of the values. */
    final class Format {
        private static final byte NOW = 1;

        private Format() {}
    }
}
