package io.tongdao.ops.province;

import java.util.List;

/** The four tables of the sample province: where they are, and their columns in order. */
public enum AgencyTable {
    HOUSEHOLD(
            "ga.household_population",
            "ga",
            "czrk_jbxx",
            "ryid gmsfhm xm cym xb mz csrq hjqh hjdz hh yhzgx jzzdz hkzt",
            "ryid"),
    MARRIAGE(
            "mz.marriage_registration",
            "mz",
            "hydj_xx",
            "zjzh ywlx nfxm nfzjlx nfzjhm nvfxm nvfzjlx nvfzjhm djrq djjg djjgqh hyzk",
            "zjzh"),
    INSURANCE(
            "hrss.social_insurance_enrolment",
            "hrss",
            "cbdj_xx",
            "grsbbh gmsfhm xm dwtyshxydm dwmc xzlx cbzt sccbrq jfjs zjjfny cbdqh sjhm",
            "grsbbh xzlx"),
    ENTERPRISE(
            "scjg.enterprise_registration",
            "scjg",
            "qydj_xx",
            "ztbh tyshxydm yzch qymc scztlx fddbrxm fddbrzjhm zczb clrq zs hydm djzt jyfw djjg hzrq lxdh",
            "ztbh");

    private final String dataset;
    private final String database;
    private final String table;
    private final List<String> columns;
    private final List<String> key;

    AgencyTable(String dataset, String database, String table, String columns, String key) {
        this.dataset = dataset;
        this.database = database;
        this.table = table;
        this.columns = List.of(columns.split(" "));
        this.key = List.of(key.split(" "));
    }

    /** The catalogue's dataset id. */
    public String dataset() {
        return dataset;
    }

    public String database() {
        return database;
    }

    /** Without schema: PostgreSQL's is public, MariaDB's is the database. */
    public String table() {
        return table;
    }

    public List<String> columns() {
        return columns;
    }

    /** The primary key's columns. */
    public List<String> key() {
        return key;
    }

    /** Whether the database is MariaDB, else it is PostgreSQL. */
    public boolean mariadb() {
        return this == ENTERPRISE;
    }

    int column(String name) {
        int at = columns.indexOf(name);
        if (at < 0) {
            throw new IllegalArgumentException("no column " + name + " in " + table);
        }
        return at;
    }
}
