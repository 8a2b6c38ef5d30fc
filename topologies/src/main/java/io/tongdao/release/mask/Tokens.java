package io.tongdao.release.mask;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Tokens of one consumer and purpose, {@code t1:} and 160 bits: equal for equal values of one domain, so joinable inside the purpose, and
 * unlinkable to another consumer's or purpose's. A domain is a kind of identifier, whatever the item is called, else the item.
 */
public final class Tokens {
    /** The version of keys and form that a token begins with. */
    public static final String VERSION = "t1:";

    private static final int BYTES = 20;
    private static final String PERSON = SubjectKind.PERSON.word();
    private static final String ORGANISATION = SubjectKind.ORGANISATION.word();
    private final Hmac hmac;

    private Tokens(Hmac hmac) {
        this.hmac = hmac;
    }

    /** @param master at least 128 bits that never leave the release stage */
    public static Tokens of(byte[] master, String consumer, String purpose) {
        byte[] context = ("tongdao/token/1\0" + consumer + '\0' + purpose).getBytes(StandardCharsets.UTF_8);
        return new Tokens(new HmacSm3(new HmacSm3(master).of(context)));
    }

    public String token(String domain, String value) {
        String form = domain.equals(PERSON) || domain.equals(ORGANISATION) ? normal(value) : value;
        byte[] hash = hmac.of((domain + '\0' + form).getBytes(StandardCharsets.UTF_8));
        return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
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
