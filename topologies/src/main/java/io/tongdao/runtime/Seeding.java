package io.tongdao.runtime;

import io.tongdao.contract.identity.SubjectKind;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** How a stage makes seeds of what its own topics hold. For one thread. */
public interface Seeding {
    /** The kinds of subjects whose seeds it reads. */
    Set<SubjectKind> kinds();

    /** The tasks that acknowledge when they have gone through all their subjects, by {@link RebuildAck#part}. */
    Set<String> parts();

    /** The topics that hold what it has said and has to remember. */
    Set<String> topics();

    /** @return null: nothing that it has to remember */
    @Nullable
    Sown sow(String topic, byte[] key, byte[] value, Headers headers);

    /** @param subject in whose partition the seed goes */
    record Sown(SubjectKind kind, String subject, Seed.Known seed) {
        @Override
        public String toString() {
            return "Sown[" + seed + "]";
        }
    }
}
