package io.tongdao.contract.catalogue;

import java.util.regex.Pattern;

/** Hears what a reader asks of one mapping. While a catalogue is read nobody listens; {@link Outline} does, to describe the files. */
interface Asked {
    /** Nobody listens. */
    Asked NOBODY = new Asked() {};

    default void key(String key) {}

    /** @param remedy the message that tells of its absence */
    default void required(String key, String remedy) {}

    /** One value. */
    default void text(String key) {}

    default void form(String key, Pattern form) {}

    default void words(String key, Class<? extends Enum<?>> words) {}

    /** A list of names. */
    default void list(String key) {}

    /** The mapping under a key. */
    default Asked section(String key) {
        return this;
    }

    /** The mappings in a list. */
    default Asked listed(String key) {
        return this;
    }
}
