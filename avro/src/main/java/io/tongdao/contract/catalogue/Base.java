package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A base database (基础库, art. 12): golden items, each led by one source of record (一数一源, art. 23). */
public record Base(
        String name, Place at, String title, SubjectKind kind, Map<String, BaseItem> items, List<List<Ref>> groups) {

    /** @param source the dataset of the source of record (数源部门); {@code verify} is compared with it and never wins */
    public record BaseItem(
            String name, Place at, Ref source, List<Ref> fallback, List<Ref> verify, Comparison compare, String label) {

        /** Whoever can win, the source of record first. */
        public List<Ref> order() {
            return Stream.concat(Stream.of(source), fallback.stream()).toList();
        }

        /** Every dataset whose value is read. */
        public List<Ref> sources() {
            return Stream.concat(order().stream(), verify.stream()).toList();
        }
    }
}
