package io.tongdao.ops.exchange;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.keys.FileKeyStore;
import io.tongdao.ops.keys.IncidentKeys;
import io.tongdao.ops.keys.Pkcs12FileKeys;
import io.tongdao.ops.keys.Pkcs12Keys;
import io.tongdao.ops.keys.TokenKeyStore;
import io.tongdao.release.MasterSecret;
import io.tongdao.release.TokenKey;
import io.tongdao.release.mask.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys of an installation that more than one of its programs needs; made where they are first asked for, but for those of consumers' tokens:
 * they are made at the very first start, and never in the place of lost ones.
 */
public final class EmbeddedKeys {
    /** Where the password of the keys is, {@code env:NAME} or {@code file:PATH}; else it is a file beside them. */
    static final String PASSWORD = "TONGDAO_TOKEN_KEYS_PASSWORD";

    private static final String PASSWORD_FILE = "token-keys-password";

    private EmbeddedKeys() {}

    /** Names sets of contradicting values: reconciliation's, and explain's. */
    public static SecretKey valueSets(DataDirectory data) {
        return hmac(data, "value-sets");
    }

    /** Behind the tokens of subjects on the record of accesses: no consumer's tokens can be joined with them. */
    public static byte[] accesses(DataDirectory data) {
        return MasterSecret.remembered(data.secrets().resolve("access-tokens"));
    }

    /** Tokens by which opening finds rows again that were published before. */
    public static SecretKey openings(DataDirectory data) {
        return hmac(data, "openings");
    }

    static SecretKey hmac(DataDirectory data, String secret) {
        return new SecretKeySpec(
                Secrets.remembered(data, secret).reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** @throws StartFailedException with one line, if the keys of consumers' tokens are lost or can't be read */
    public static TokenKeyStore tokens(DataDirectory data) {
        return Pkcs12Keys.open(file(data), password(data), InstantSource.system());
    }

    /** The keys that files of grants are sealed with, in the same store. */
    public static FileKeyStore files(DataDirectory data) {
        return Pkcs12FileKeys.open(file(data), password(data), InstantSource.system());
    }

    /** The keys of incidents; the file is made with the first of them. */
    public static IncidentKeys incidents(DataDirectory data) {
        if (reference() == null) {
            Secrets.remembered(data, PASSWORD_FILE);
        }
        return new IncidentKeys(data.secrets().resolve("incident-keys.p12"), password(data), InstantSource.system());
    }

    /** What a copy of the keys consists of. */
    public static List<Path> tokenFiles(DataDirectory data) {
        return List.of(file(data), data.secrets().resolve(PASSWORD_FILE));
    }

    /**
     * Makes the store of the keys of consumers' tokens if nothing ever ran here.
     *
     * @param first whether nothing did
     * @throws StartFailedException if it must be there and is not, or can't be read
     */
    static void begin(DataDirectory data, boolean first) {
        if (Files.exists(file(data)) || (!first && !Files.exists(master(data)))) {
            tokens(data);
        } else if (!Files.exists(master(data))) {
            create(data, Map.of(), "a new exchange");
        }
    }

    /** Takes keys over that an earlier Tongdao derived from one secret, as first versions, and forgets that secret. */
    static void adopt(DataDirectory data, Collection<Grant> grants) {
        if (!Files.exists(master(data))) {
            return;
        }
        if (!Files.exists(file(data))) {
            byte[] secret = MasterSecret.read("file:" + master(data));
            Map<TokenKey, byte[]> first = new HashMap<>();
            for (Grant grant : grants) {
                first.put(
                        new TokenKey(grant.consumer(), grant.purpose(), 1),
                        Tokens.derived(secret, grant.consumer(), grant.purpose()));
            }
            create(data, first, "from token-master");
        }
        try {
            Files.delete(master(data));
        } catch (IOException e) {
            throw new UncheckedIOException("the former secret of tokens can't be deleted: " + master(data), e);
        }
    }

    private static void create(DataDirectory data, Map<TokenKey, byte[]> first, String reason) {
        if (reference() == null) {
            Secrets.remembered(data, PASSWORD_FILE);
        }
        Pkcs12Keys.create(file(data), password(data), InstantSource.system(), first, reason);
    }

    private static Secret password(DataDirectory data) {
        String reference = reference();
        Path beside = data.secrets().resolve(PASSWORD_FILE);
        return Secret.of(SecretReferences.resolve(reference == null ? "file:" + beside : reference));
    }

    private static @Nullable String reference() {
        return System.getenv(PASSWORD);
    }

    private static Path file(DataDirectory data) {
        return data.secrets().resolve("token-keys.p12");
    }

    private static Path master(DataDirectory data) {
        return data.secrets().resolve("token-master");
    }
}
