package io.tongdao.contract.grant;

import java.util.List;

/** What a grant that speaks of files must be like. */
final class FileRules {
    private FileRules() {}

    static List<String> refusals(Grant grant) {
        boolean files = grant.delivery().contains(Grant.Delivery.FILE);
        if (grant.terms().files() == null || files) {
            return List.of();
        }
        return List.of("grant " + grant.id()
                + ": files says how files are made, but delivery names no file: write delivery: [file], alone or with"
                + " topic and table, or leave files out");
    }
}
