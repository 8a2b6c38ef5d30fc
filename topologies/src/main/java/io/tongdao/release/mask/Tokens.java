package io.tongdao.release.mask;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Tokens of one consumer and purpose, {@code t<version>:} and 160 bits: equal for equal values of one domain, so joinable inside the purpose, and
 * unlinkable to another consumer's or purpose's. A domain is a kind of identifier, whatever the item is called, else the item.
 */
public final class Tokens {
    private static final int BYTES = 20;
    private static final String PERSON = SubjectKind.PERSON.word();
    private static final String ORGANISATION = SubjectKind.ORGANISATION.word();
    private final Hmac hmac;
    private final String version;

    /** @param version of the key, which the tokens begin with */
    public Tokens(Hmac hmac, int version) {
        this.hmac = hmac;
        this.version = "t" + version + ':';
    }

    /** Tokens by a key that follows from a secret, at least 128 bits: for those that never leave the exchange. */
    public static Tokens of(byte[] master, String consumer, String purpose) {
        return new Tokens(new HmacSm3(derived(master, consumer, purpose)), 1);
    }

    /** The key that follows from a secret: what version 1 was made of before keys were kept. */
    public static byte[] derived(byte[] master, String consumer, String purpose) {
        byte[] context = ("tongdao/token/1\0" + consumer + '\0' + purpose).getBytes(StandardCharsets.UTF_8);
        return new HmacSm3(master).of(context);
    }

    public String token(String domain, String value) {
        String form = domain.equals(PERSON) || domain.equals(ORGANISATION) ? normal(value) : value;
        byte[] hash = hmac.of((domain + '\0' + form).getBytes(StandardCharsets.UTF_8));
        return version + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    }

    /** The domain of a subject's identifier: the same for the key and for an item that holds it. */
    public static String domain(SubjectKind kind) {
        return kind.word();
    }

    static String domain(String item, ItemType type) {
        if (type instanceof ItemType.CitizenIdType) {
            return PERSON;
        }
        return type instanceof ItemType.CreditCodeType ? ORGANISATION : "item:" + item;
    }

    private static String normal(String identifier) {
        return Normalizer.normalize(identifier, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    }
}
