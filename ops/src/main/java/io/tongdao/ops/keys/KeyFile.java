package io.tongdao.ops.keys;

import io.tongdao.ops.embedded.DurableFiles;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.embedded.StartFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.SecretKeyEntry;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#12 file that is replaced whole or not at all, readable by its owner alone. Read anew each time, since another process may have
 * replaced it; who changes it holds a lock beside it. No message of it says more than the file's name.
 */
final class KeyFile {
    private static final Object IN_THIS_PROCESS = new Object();
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private final Path file;
    private final Secret password;
    private final String whose;

    /** @param whose keys, in the words of a message: {@code tokens} */
    KeyFile(Path file, Secret password, String whose) {
        this.file = file;
        this.password = password;
        this.whose = whose;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** @throws StartFailedException if it is lost, open to others, damaged, or closed to this password */
    KeyStore read() {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new StartFailedException("the keys in " + file + " can be read by others: chmod 600 " + file);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(file)), characters());
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailedException("the keys of " + whose + " can't be read from " + file + " (" + why(e)
                    + "); bring the file and its password back from a backup: no other keys do what these do");
        }
    }

    /** An empty store; nothing is written yet. */
    static KeyStore empty() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no PKCS#12", e);
        }
    }

    void write(KeyStore keys) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            keys.store(out, characters());
            DurableFiles.write(file, out.toByteArray(), DurableFiles.OWNER_ONLY);
        } catch (IOException | GeneralSecurityException e) {
            throw new StartFailedException(
                    "the keys of " + whose + " can't be written to " + file + " (" + why(e) + ")");
        }
    }

    /** Puts an entry into what was read; {@link #write} keeps it. */
    void put(KeyStore keys, String alias, SecretKeyEntry entry) {
        try {
            keys.setEntry(alias, entry, new KeyStore.PasswordProtection(characters()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "key " + alias + " can't be kept: " + e.getClass().getSimpleName());
        }
    }

    @Nullable
    SecretKeyEntry entry(KeyStore keys, String alias) {
        try {
            return (SecretKeyEntry) keys.getEntry(alias, new KeyStore.PasswordProtection(characters()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "key " + alias + " can't be read: " + e.getClass().getSimpleName());
        }
    }

    /** By these alone: to open an entry takes its password, and so some milliseconds. */
    static Stream<String> aliases(KeyStore keys) {
        try {
            return Collections.list(keys.aliases()).stream();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key store that was not loaded", e);
        }
    }

    /** Runs a change while no other thread or process runs one. */
    <T> T alone(Supplier<T> change) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (IN_THIS_PROCESS) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                return change.get();
            } catch (IOException e) {
                throw new UncheckedIOException("the keys' lock can't be taken: " + lock, e);
            }
        }
    }

    private char[] characters() {
        return password.reveal().toCharArray();
    }

    private static String why(Exception e) {
        return (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName();
    }
}
