package io.tongdao.deliver;

import java.sql.SQLException;

/** Why a database refuses, in words: by its codes alone, since messages of databases quote values. */
final class SqlReason {
    private static final int MYSQL_TABLE_FULL = 1114;
    private static final int MYSQL_DISK_FULL = 1021;

    private SqlReason() {}

    static String of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String codes = error.getErrorCode() == 0 ? state : state + "/" + error.getErrorCode();
        return words(state, error.getErrorCode()) + " (SQL state " + codes + ")";
    }

    private static String words(String state, int code) {
        if (code == MYSQL_TABLE_FULL || code == MYSQL_DISK_FULL || state.startsWith("53")) {
            return "存储已满 the database has no room, memory or connections left";
        }
        return switch (state.length() < 2 ? state : state.substring(0, 2)) {
            case "08" -> "无法连接 the database is not reached";
            case "28" -> "登录被拒 user or password are refused";
            case "3D" -> "无此数据库 there is no such database";
            case "42" -> "权限不足或表被改动 the user lacks a right, or a table was changed";
            case "22" -> "值不适合列 a value does not fit its column";
            case "23" -> "约束冲突 a constraint of the receiver's own is in the way";
            case "2B" -> "被视图引用 a view of the receiver's own depends on a column that is to go";
            case "40", "55" -> "被占用 others hold the table";
            case "57" -> "正在停机 the database is being stopped";
            default -> "数据库报错 the database refuses";
        };
    }
}
