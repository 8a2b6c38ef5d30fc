package io.tongdao.ops.bench;

import io.tongdao.contract.plan.SubjectPlan;
import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/**
 * Four registers of the sample province that speak of people: each item of a row follows from its {@link RegisterRow}. For every second
 * person the pupils' register gives the address that is served, and for every third the case gives the mobile number.
 */
enum Register {
    HOUSEHOLD("ga.household_population") {
        @Override
        List<String> rowKey(int number) {
            return List.of();
        }

        @Override
        void fill(GenericRecord out, RegisterRow row) {
            person(out, row);
            out.put("hukou_division", "530102");
            out.put("hukou_address", "云南省昆明市五华区人民中路" + row.edition() + "号");
            out.put("household_no", "5301020" + row.person() % 100_003);
            out.put("relation_to_head", "01");
            out.put("hukou_status", "10");
            if (row.person() % 2 == 0) {
                out.put("residence_address", "云南省昆明市盘龙区北京路" + row.edition() + "号");
            }
        }
    },

    INSURANCE("hrss.social_insurance_enrolment") {
        @Override
        List<String> rowKey(int number) {
            return List.of("5300" + number, "110");
        }

        @Override
        void fill(GenericRecord out, RegisterRow row) {
            out.put("personal_si_no", "5300" + row.number());
            out.put("citizen_id", row.subject());
            out.put("full_name", row.name());
            out.put("employer_uscc", "91530100525943511Y");
            out.put("employer_name", "云南样例有限公司");
            out.put("insurance_type", "110");
            out.put("enrol_status", row.edition() % 2 == 0 ? "1" : "2");
            out.put("first_enrol_date", 18_000);
            out.put("contribution_base", BigDecimal.valueOf(400_000L + row.edition() % 100_000, 2));
            out.put("last_paid_month", "20260" + (1 + row.edition() % 9));
            out.put("division", "530102");
            if (row.person() % 3 != 0) {
                out.put("mobile", mobile(row));
            }
        }
    },

    PUPIL("jyt.student_enrolment") {
        @Override
        List<String> rowKey(int number) {
            return List.of("G53" + number);
        }

        @Override
        void fill(GenericRecord out, RegisterRow row) {
            person(out, row);
            out.put("student_no", "G53" + row.number());
            out.put("school_code", "2153000001");
            out.put("grade", 3);
            out.put("enrol_status", "01");
            out.put("guardian_name", "监护人");
            out.put("guardian_mobile", mobile(row));
            out.put("current_address", "云南省昆明市官渡区春城路" + row.edition() + "号");
        }
    },

    CASE("zwfw.service_case") {
        @Override
        List<String> rowKey(int number) {
            return List.of(APPLICANT, "B" + number);
        }

        @Override
        void fill(GenericRecord out, RegisterRow row) {
            out.put("case_no", "B" + row.number());
            out.put("item_code", "5301000000000000000000000000001");
            out.put("item_name", "居住证办理");
            out.put("applicant_type", "1");
            out.put("applicant_id_no", row.subject());
            out.put("applicant_name", row.name());
            out.put("mobile", mobile(row));
            out.put("dept_code", "11530000015100012A");
            out.put("accept_time", 1_780_000_000_000_000L + row.number());
            out.put("result", "1");
            out.put(SubjectPlan.ROLE_ITEM, APPLICANT);
        }
    };

    private static final String APPLICANT = "applicant";
    private final String dataset;

    Register(String dataset) {
        this.dataset = dataset;
    }

    /** Its id in the catalogue. */
    String dataset() {
        return dataset;
    }

    /** What tells the row apart from others about its subject, as collection writes it into the key. */
    abstract List<String> rowKey(int number);

    abstract void fill(GenericRecord out, RegisterRow row);

    private static void person(GenericRecord out, RegisterRow row) {
        out.put("citizen_id", row.subject());
        out.put("full_name", row.name());
        out.put("gender_code", Integer.toString(1 + row.person() % 2));
        out.put("ethnicity_code", "0" + (1 + row.person() % 9));
        out.put("birth_date", BenchTable.birth(row.person()));
    }

    private static String mobile(RegisterRow row) {
        return "139" + (10_000_000 + row.edition() % 90_000_000);
    }
}
