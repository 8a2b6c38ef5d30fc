package io.tongdao.ops.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Passwords of the embedded province: made once at random, kept under {@code secrets/}, readable by their owner alone. */
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private Secrets() {}

    /** The password called {@code name} (a file name), made on first use; 32 characters of {@code [A-Za-z0-9_-]}. */
    public static synchronized Secret remembered(DataDirectory data, String name) {
        Path file = data.secrets().resolve(name);
        try {
            if (!Files.exists(file)) {
                DurableFiles.write(file, random(), DurableFiles.OWNER_ONLY);
            }
            return Secret.of(Files.readString(file));
        } catch (IOException e) {
            throw new StartFailedException("cannot keep a password in " + file + ": " + e, e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
