package io.tongdao.ops.exchange;

/** A step of a change of the catalogue that can't be done at the moment; tried again. */
final class MoveStuck extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MoveStuck(String message) {
        super(message);
    }
}
