package io.tongdao.ops.province;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables of the sample province: where they are, and their columns in order. Names of columns are Pinyin initials, as agencies' are. */
public enum AgencyTable {
    HOUSEHOLD("ga.household_population", Engine.POSTGRESQL, "czrk_jbxx", Police.COLUMNS),
    MARRIAGE("mz.marriage_registration", Engine.POSTGRESQL, "hydj_xx", CivilAffairs.COLUMNS),
    ALLOWANCE("mz.subsistence_allowance", Engine.POSTGRESQL, "dbdx_xx", Allowances.COLUMNS),
    BIRTH("wjw.birth_certificate", Engine.POSTGRESQL, "csyxzm_xx", Births.COLUMNS),
    INSURANCE("hrss.social_insurance_enrolment", Engine.POSTGRESQL, "cbdj_xx", Insurance.COLUMNS),
    PUPIL("jyt.student_enrolment", Engine.POSTGRESQL, "zxxxj_xx", Pupils.COLUMNS),
    ENTERPRISE("scjg.enterprise_registration", Engine.MARIADB, "qydj_xx", Market.COLUMNS),
    TAX("swj.tax_credit", Engine.MARIADB, "nsxy_xx", Taxpayers.COLUMNS),
    REAL_ESTATE("zrzy.real_estate_registration", Engine.POSTGRESQL, "bdcdj_xx", RealEstate.COLUMNS),
    BUILDER("zjt.construction_qualification", Engine.POSTGRESQL, "jzyzz_xx", Builders.COLUMNS),
    LORRY("jtt.road_transport_certificate", Engine.MARIADB, "dlysz_xx", Hauliers.COLUMNS),
    PERMIT("sthj.pollutant_discharge_permit", Engine.POSTGRESQL, "pwxkz_xx", Polluters.COLUMNS),
    HAZARD("yjj.major_hazard_source", Engine.POSTGRESQL, "zdwxy_xx", Hazards.COLUMNS),
    STATE_PROPERTY("gzw.state_owned_property_right", Engine.POSTGRESQL, "gyqycq_xx", StateProperty.COLUMNS),
    CASE("zwfw.service_case", Engine.POSTGRESQL, "bj_xx", ServiceCases.COLUMNS),
    STATISTICS("tjj.above_scale_statistics", Engine.POSTGRESQL, "gmystj_xx", Statistics.COLUMNS);

    /** The engine of an agency's database. */
    enum Engine {
        POSTGRESQL,
        MARIADB
    }

    private final String dataset;
    private final Engine engine;
    private final String table;
    private final Columns<?> columns;

    AgencyTable(String dataset, Engine engine, String table, Columns<?> columns) {
        this.dataset = dataset;
        this.engine = engine;
        this.table = table;
        this.columns = columns;
    }

    /** The catalogue's dataset id. */
    public String dataset() {
        return dataset;
    }

    /** Its agency's, which may have several tables in it. */
    public String database() {
        return dataset.substring(0, dataset.indexOf('.'));
    }

    /** Without schema: PostgreSQL's is public, MariaDB's is the database. */
    public String table() {
        return table;
    }

    public List<String> columns() {
        return columns.names();
    }

    /** The primary key's columns. */
    public List<String> key() {
        return columns.key();
    }

    /** Whether the database is MariaDB, else it is PostgreSQL. */
    public boolean mariadb() {
        return engine == Engine.MARIADB;
    }

    /** The statements that make the table, with full before-images. */
    List<String> definition() {
        return columns.definition(table, engine);
    }

    /** The table of a dataset, if the sample province has it. */
    static Optional<AgencyTable> of(String dataset) {
        return Arrays.stream(values()).filter(t -> t.dataset.equals(dataset)).findFirst();
    }

    int column(String name) {
        int at = columns().indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no column " + name + " in " + table);
        }
        return at;
    }
}
