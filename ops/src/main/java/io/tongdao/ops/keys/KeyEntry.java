package io.tongdao.ops.keys;

import io.tongdao.release.TokenKey;
import java.security.KeyStore;
import java.security.KeyStore.SecretKeyEntry;
import java.security.PKCS12Attribute;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key as an entry of a PKCS#12 file. Its alias names it, {@code consumer/purpose/t2}; an attribute says since when, by whom and why.
 * A destroyed key leaves an entry whose secret is one zero byte, so that its version is never made again.
 */
final class KeyEntry {
    /** Of our own: under the arc of UUIDs (ITU-T X.667). */
    private static final String RECORD = "2.25.226413907126390441350963862316013837481";

    /** Of a key of files: when and by whom it was handed to its consumer. */
    private static final String HANDED = "2.25.226413907126390441350963862316013837482";

    private static final Pattern TOKENS = Pattern.compile(".*/t\\d+");

    /** PKCS#12 wants an algorithm that it knows; what is kept are bytes. */
    private static final String ALGORITHM = "HmacSHA256";

    private static final byte[] DESTROYED = {0};

    private KeyEntry() {}

    static String alias(TokenKey key) {
        return key.consumer() + '/' + key.purpose() + "/t" + key.version();
    }

    static SecretKeyEntry live(byte[] secret, Instant since, String by, String reason) {
        return entry(secret, since, by, reason);
    }

    static SecretKeyEntry destroyed(Instant since, String by, String reason) {
        return entry(DESTROYED, since, by, reason);
    }

    static boolean live(SecretKeyEntry entry) {
        return entry.getSecretKey().getEncoded().length > DESTROYED.length;
    }

    static KeyRecord record(TokenKey key, SecretKeyEntry entry) {
        String[] said = said(entry, key);
        return new KeyRecord(key, state(entry), Instant.parse(said[0]), said[1], said[2]);
    }

    static FileKeyRecord record(FileKey key, SecretKeyEntry entry) {
        String[] said = said(entry, key);
        return new FileKeyRecord(key, state(entry), Instant.parse(said[0]), said[1], said[2], handed(entry));
    }

    private static String[] said(SecretKeyEntry entry, Object key) {
        return attribute(entry, RECORD)
                .orElseThrow(() -> new IllegalArgumentException("no record of key " + key))
                .split("\n", 3);
    }

    private static KeyRecord.State state(SecretKeyEntry entry) {
        return live(entry) ? KeyRecord.State.LIVE : KeyRecord.State.DESTROYED;
    }

    private static Optional<String> attribute(SecretKeyEntry entry, String name) {
        return entry.getAttributes().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst()
                .map(KeyStore.Entry.Attribute::getValue);
    }

    static FileKeyRecord.@Nullable Handed handed(SecretKeyEntry entry) {
        return attribute(entry, HANDED)
                .map(text -> text.split("\n", 2))
                .map(said -> new FileKeyRecord.Handed(Instant.parse(said[0]), said[1]))
                .orElse(null);
    }

    /** The same key with the record that its consumer has it. */
    static SecretKeyEntry handedOut(SecretKeyEntry entry, Instant at, String by) {
        Set<KeyStore.Entry.Attribute> attributes = new HashSet<>(entry.getAttributes());
        attributes.removeIf(attribute -> !attribute.getName().equals(RECORD));
        attributes.add(new PKCS12Attribute(HANDED, at + "\n" + line(by)));
        return new SecretKeyEntry(entry.getSecretKey(), attributes);
    }

    /** Whether an alias names a key of tokens: keys of files are in the same store. */
    static boolean ofTokens(String alias) {
        return TOKENS.matcher(alias).matches();
    }

    /** The key that an alias names. */
    static TokenKey key(String alias) {
        String[] parts = alias.split("/", 3);
        return new TokenKey(parts[0], parts[1], Integer.parseInt(parts[2].substring(1)));
    }

    /** Since when, by whom and why, of an entry of whatever name. */
    static String[] said(SecretKeyEntry entry) {
        return said(entry, "");
    }

    private static SecretKeyEntry entry(byte[] secret, Instant since, String by, String reason) {
        String said = since + "\n" + line(by) + "\n" + line(reason);
        return new SecretKeyEntry(new SecretKeySpec(secret, ALGORITHM), Set.of(new PKCS12Attribute(RECORD, said)));
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
