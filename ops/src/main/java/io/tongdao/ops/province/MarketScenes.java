package io.tongdao.ops.province;

import java.math.BigDecimal;
import java.util.Optional;

/** What happens in the register of enterprises: foundings, other names, cancellations, codes that go bad. */
final class MarketScenes {
    private static final String CODE = "tyshxydm";
    private final Generator generator;
    private final Cast cast;
    private final Stage stage;
    private int next = 5;

    MarketScenes(Generator generator, Cast cast, Stage stage) {
        this.generator = generator;
        this.cast = cast;
        this.stage = stage;
    }

    void play() {
        for (int i = 0; i < 4; i++) {
            rename(1 + i);
            found(1 + i);
        }
        row().ifPresent(this::cancel);
        row().ifPresent(this::raiseCapital);
        row().ifPresent(this::goBad);
        row().ifPresent(a -> row().ifPresent(b -> swapCodes(a, b)));
        row().ifPresent(this::leaveAndReturn);
        row().ifPresent(this::leaveAndReturnAtOnce);
        row().ifPresent(row ->
                stage.update(2, "an enterprise's primary key changes", row, row.with("ztbh", 900_000_000L + next)));
        row().ifPresent(row -> stage.delete(3, "an enterprise is deleted", row));
    }

    private void rename(int act) {
        row().ifPresent(row ->
                stage.update(act, "an enterprise takes another name", row, row.with("qymc", "云南新" + row.get("qymc"))));
    }

    private void found(int act) {
        stage.insert(act, "an enterprise is founded", generator.market().row(cast.founded()));
    }

    private void cancel(Row row) {
        stage.update(2, "an enterprise is cancelled", row, row.with("djzt", Market.CANCELLED));
    }

    private void raiseCapital(Row row) {
        Row raised = row.with("zczb", new BigDecimal("98765.4321")).with("lxdh", null);
        stage.update(3, "a capital is raised", row, raised);
        stage.update(4, "an enterprise row is written unchanged", raised, raised);
    }

    private void goBad(Row row) {
        Row bad = row.with(CODE, Numbers.wrongCheck(row.text(CODE)));
        stage.update(2, "an enterprise loses its valid code", row, bad, Effect.badRows(AgencyTable.ENTERPRISE, 1));
        stage.update(4, "the code is mended", bad, row, Effect.badRows(AgencyTable.ENTERPRISE, -1));
    }

    private void swapCodes(Row a, Row b) {
        Row none = a.with(CODE, null);
        stage.step(
                3,
                "two enterprises exchange their codes",
                a,
                Effect.NONE,
                Change.update(a, none),
                Change.update(b, b.with(CODE, a.get(CODE))),
                Change.update(none, a.with(CODE, b.get(CODE))));
    }

    private void leaveAndReturn(Row row) {
        stage.delete(1, "an enterprise row is deleted", row);
        stage.insert(2, "the enterprise row comes back under its key", row.with("djzt", "20"));
    }

    private void leaveAndReturnAtOnce(Row other) {
        Row back = other.with("jyfw", "咨询服务。");
        stage.step(
                4,
                "an enterprise row is deleted and inserted in one transaction",
                other,
                Effect.NONE,
                Change.delete(other),
                Change.insert(back));
    }

    /**
     * The row of an enterprise that no scene has used, that has nothing planted, and that no other register has copied; none if the province
     * is too small.
     */
    private Optional<Row> row() {
        while (next < generator.market().size()) {
            Firm firm = generator.firm(next++);
            if (firm.code().equals(firm.enterprise().written())
                    && generator.elsewhere(firm).isEmpty()) {
                return Optional.of(firm.registration());
            }
        }
        return Optional.empty();
    }
}
