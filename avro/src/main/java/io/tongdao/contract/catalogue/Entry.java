package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.Grade;
import java.time.LocalDate;
import java.util.List;

/**
 * The fields of a catalogue entry that name and file a resource.
 *
 * @param code 信息资源代码: the digits of its classification (类 1, 项 2, 目 3, 细目 any), {@code /}, and a number; never used again
 * @param summary 信息资源摘要
 * @param publishedOn 发布日期
 * @param related 关联资源: other datasets
 * @param dataClass 数据分类 (GB/T 43697), of {@code classes.yaml}
 * @param retention how long it is kept, and how long in the archives (art. 21)
 */
public record Entry(
        Ref code,
        String summary,
        LocalDate publishedOn,
        List<Ref> related,
        Ref dataClass,
        Grade grade,
        Retention retention) {

    /** 信息资源分类: the code before its {@code /}. */
    public String classification() {
        return code.id().substring(0, Math.max(0, code.id().indexOf('/')));
    }

    /**
     * Terms of keeping (art. 21); {@code permanent} or an ISO period.
     *
     * @param keep in the exchange, from the row's last change
     * @param archive in the archives (保管期限), or {@code none}: no transfer
     */
    public record Retention(Place at, String keep, String archive) {}
}
