package io.tongdao.ops.province;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * One transaction on one agency's database. It advances the script's mark in the same transaction, so that it happens once.
 *
 * @param number from 1, in the order in which the whole script runs
 * @param act 1 to 4: what an earlier act planted a later one may correct
 * @param title what happens, for a person to read; carries no value
 */
public record Step(int number, int act, AgencyTable table, String title, List<Change> changes, Effect effect) {
    private static final String ADVANCE = "UPDATE " + Marker.SCRIPT + " SET step = ? WHERE id = 1 AND step < ?";

    /** Commits on {@code connection}, or leaves nothing. */
    void run(Connection connection) throws SQLException {
        try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
            for (Change change : changes) {
                change.apply(connection);
            }
            advance.setInt(1, number);
            advance.setInt(2, number);
            if (advance.executeUpdate() != 1) {
                throw new IllegalStateException("step " + number + " was done already: two scripts run at once");
            }
            connection.commit();
        } catch (SQLException | IllegalStateException e) {
            connection.rollback();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "Step[" + number + " " + table.database() + " " + title + "]";
    }
}
