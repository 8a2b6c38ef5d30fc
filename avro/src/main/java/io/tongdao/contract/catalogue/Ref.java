package io.tongdao.contract.catalogue;

/** A name that points at another definition of the catalogue, and where it was written. */
public record Ref(String id, Place at) {

    /** Nothing was written, or what was written is reported already: not worth a second message. */
    public boolean blank() {
        return id.isEmpty();
    }
}
