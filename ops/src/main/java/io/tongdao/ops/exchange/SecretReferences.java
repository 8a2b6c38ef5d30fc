package io.tongdao.ops.exchange;

import io.tongdao.ops.embedded.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets come by reference: {@code env:NAME} or {@code file:PATH}. */
public final class SecretReferences {
    private SecretReferences() {}

    /** @throws StartFailedException naming the reference, never the secret */
    public static String resolve(String reference) {
        if (reference.startsWith("env:")) {
            String value = System.getenv(reference.substring(4));
            if (value != null && !value.isEmpty()) {
                return value;
            }
        } else if (reference.startsWith("file:")) {
            try {
                return Files.readString(Path.of(reference.substring(5))).strip();
            } catch (IOException e) {
                throw new StartFailedException(
                        "no secret at " + reference + ": " + e.getClass().getSimpleName(), e);
            }
        }
        throw new StartFailedException("no secret at " + reference + "; give env:NAME or file:PATH");
    }
}
