package io.tongdao.ops.exchange;

import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.province.AgencyTable;
import io.tongdao.ops.province.Generator;
import io.tongdao.ops.province.ProvinceDatabases;
import io.tongdao.ops.province.ProvinceDatabases.County;
import io.tongdao.ops.province.ProvinceDatabases.Login;
import io.tongdao.ops.province.ProvinceDatabases.Server;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sample province's agency databases on the embedded servers, with logins whose passwords the catalogue refers to. */
public final class SampleProvince {
    /** Begins the user of each connection in the sample catalogue's {@code sources.yaml}; the agency's id ends it. */
    private static final String CAPTURE = "collect_";

    private static final String WUHUA = "wuhua";

    private static final String CHENGGONG = "chenggong";

    private SampleProvince() {}

    public static ProvinceDatabases databases(EmbeddedParts parts) {
        return new ProvinceDatabases(
                new Server(
                        parts.postgres()::jdbcUrl,
                        new Login(
                                parts.postgres().user(),
                                parts.postgres().password().reveal())),
                new Server(
                        parts.mariadb()::jdbcUrl,
                        new Login(
                                parts.mariadb().user(),
                                parts.mariadb().password().reveal())));
    }

    /** The registers of those agencies whose datasets a catalogue has. */
    public static Generator of(Plan plan, Generator whole) {
        return whole.only(plan.datasets().keySet());
    }

    /** Loads what isn't loaded; true if anything was. */
    public static boolean prepare(EmbeddedParts parts, Generator generator, ProvinceDatabases.Progress progress)
            throws SQLException {
        Map<String, Login> capture = new LinkedHashMap<>();
        for (AgencyTable table : generator.tables()) {
            String agency = table.database();
            capture.computeIfAbsent(agency, a -> login(parts.data(), CAPTURE + a, a + "-db"));
        }
        return databases(parts).prepare(generator, capture, counties(parts.data()), progress);
    }

    /** The databases of counties, one in each engine; {@code sources.yaml} of the sample catalogue has them receive. */
    private static List<County> counties(DataDirectory data) {
        return List.of(
                new County(WUHUA, false, county(data)),
                new County(CHENGGONG, true, login(data, CHENGGONG, CHENGGONG + "-db")));
    }

    /** 五华区's own login to its own database. */
    public static Login county(DataDirectory data) {
        return login(data, WUHUA, WUHUA + "-db");
    }

    /** What the catalogue's {@code ${…}} stand for here. */
    public static Map<String, String> variables(EmbeddedParts parts) {
        return Map.of(
                "postgresql.host", parts.postgres().host(),
                "postgresql.port", Integer.toString(parts.postgres().port()),
                "mariadb.host", parts.mariadb().host(),
                "mariadb.port", Integer.toString(parts.mariadb().port()),
                "secrets", parts.data().secrets().toString(),
                "inboxes", parts.data().root().resolve("inboxes").toString());
    }

    private static Login login(DataDirectory data, String user, String secret) {
        return new Login(user, Secrets.remembered(data, secret).reveal());
    }
}
