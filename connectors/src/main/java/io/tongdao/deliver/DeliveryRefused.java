package io.tongdao.deliver;

/** A return stands until people have done something; the message is one line for them, without values. */
final class DeliveryRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeliveryRefused(String line) {
        super(line);
    }
}
