package io.tongdao.ops.opening;

import io.tongdao.contract.open.PublicationPlan;
import java.util.regex.Pattern;

/**
 * Who publishes, and for whom.
 *
 * @param applicant of a conditional publication (art. 41); else empty, like both documents
 * @param undertaking the number of its undertaking (安全承诺书)
 * @param agreement the number of the agreement with it (开放利用协议)
 */
public record Order(String by, String reason, String applicant, String undertaking, String agreement) {
    private static final Pattern APPLICANT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** No number of a person or a document is the name of a directory. */
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{6}");

    /** @throws OpenRefused if a publication can't be ordered so */
    void check(PublicationPlan publication) {
        boolean all = !applicant.isEmpty() && !undertaking.isBlank() && !agreement.isBlank();
        boolean none = applicant.isEmpty() && undertaking.isBlank() && agreement.isBlank();
        if (publication.conditional() && !all) {
            throw new OpenRefused(publication.id() + " is opened under conditions: give --for, --undertaking (承诺书) and"
                    + " --agreement (协议), art. 41");
        }
        if (!publication.conditional() && !none) {
            throw new OpenRefused(
                    publication.id() + " is open to everybody: take --for, --undertaking and --agreement out");
        }
        if (all
                && (!APPLICANT.matcher(applicant).matches()
                        || LONG_NUMBER.matcher(applicant).find())) {
            throw new OpenRefused(
                    "--for becomes the name of a directory: write a short name of letters, digits and \"-\","
                            + " never the number of a person or a document");
        }
    }
}
