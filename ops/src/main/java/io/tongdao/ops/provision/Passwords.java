package io.tongdao.ops.provision;

import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.embedded.Secrets;

/** The password of each principal on the broker. */
@FunctionalInterface
public interface Passwords {
    Secret of(String principal);

    /** Made once at random and kept in {@code secrets/kafka-<principal>}, readable by its owner alone. */
    static Passwords in(DataDirectory data) {
        return principal -> Secrets.remembered(data, "kafka-" + principal);
    }
}
