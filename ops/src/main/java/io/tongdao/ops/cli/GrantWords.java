package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.grant.Grant.KeyForm;
import io.tongdao.contract.grant.Grant.Kind;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A grant's closed words as the regulation and officials say them, with the file's own beside them. */
final class GrantWords {
    private GrantWords() {}

    static String kind(Kind kind) {
        String chinese = switch (kind) {
            case SHARE -> "共享";
            case RETURN -> "回流";
            case OPEN -> "开放";
            case EMERGENCY -> "应急";
            case OPERATE -> "授权运营";
        };
        return chinese + " " + kind.word();
    }

    static String status(Grant.Status status) {
        String chinese = switch (status) {
            case FILED -> "待答复";
            case INCOMPLETE -> "待补正";
            case APPROVED -> "已同意";
            case ACTIVE -> "共享中";
            case SUSPENDED -> "已暂停";
            case EXPIRED -> "已到期";
            case ENDED -> "已终止";
            case WITHDRAWN -> "已撤回";
        };
        return chinese + " " + status.word();
    }

    static String key(KeyForm key) {
        return switch (key) {
            case TOKEN -> "标识替代 token";
            case CLEAR -> "原标识 clear";
        };
    }

    static String delivery(Delivery delivery) {
        return switch (delivery) {
            case TOPIC -> "消息主题 topic";
            case TABLE -> "数据表 table";
            case DATABASE -> "数据库 database";
            case FILE -> "文件 file";
            case VERIFY -> "核实比对 verify";
        };
    }

    static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }
}
