package io.tongdao.ops.embedded;

/** A password or key that is handed on but never printed: {@code toString} hides it, {@link #reveal} is for the one who logs in. */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
