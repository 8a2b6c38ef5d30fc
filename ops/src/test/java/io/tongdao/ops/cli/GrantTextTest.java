package io.tongdao.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.GrantLives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantTextTest {
    private static final Path CATALOGUE = Path.of("../avro/src/test/resources/catalogue/four-agencies");
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final GrantFindings NOTHING = new GrantFindings(List.of(), List.of());
    private static final Plan PLAN = plan();

    @TempDir
    private Path dir;

    @Test
    void tellsAllThatIsOnRecord() throws IOException {
        // Given
        Grant grant = read("""
                        grant: flood-people
                        kind: emergency
                        consumer: yb
                        table: base.population
                        items: {full_name: surname, mobile: keep}
                        filter: enrol_status == '1'
                        purpose: medical_insurance
                        legal_basis: 条例第二十七条
                        scenario: 转移安置
                        incident: 2026-flood-1
                        consent: {mobile: {by: hrss, document: 函8号, on: 2026-03-02}}
                        assessment: {document: 评1号, result: acceptable, on: 2026-03-01, until: 2027-03-01}
                        from: 2026-11-30
                        until: 2027-01-01
                        delivery: [topic]
                        bytes_per_second: 2048
                        """).approvedFor("hrss", "人社厅 李某", NOW);
        // When
        List<String> text = GrantText.of(PLAN, grant, NOTHING, List.of("ga"));
        // Then
        assertThat(text)
                .extracting(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "授权 grant flood-people",
                        "类型 kind 应急 emergency",
                        "状态 status 待答复 filed",
                        "数据需求单位 consumer 云南省医疗保障局 (yb)",
                        "共享数据 table base.population",
                        " 数据项 item 姓名 full_name：留姓 surname",
                        " 数据项 item 手机号码 mobile：原值 keep",
                        " 同意 consent hrss，函8号，2026-03-02",
                        "筛选 filter enrol_status == '1'",
                        "标识 key 标识替代 token",
                        "使用用途 purpose 医疗保障 medical_insurance",
                        "使用依据 legal_basis 条例第二十七条",
                        "使用场景 scenario 转移安置",
                        "突发事件 incident 2026-flood-1",
                        "重要数据评估 assessment 评1号，acceptable，2026-03-01 至 2027-03-01",
                        "使用时限 from, until 2026-11-30 00:00 至 2027-01-01 00:00",
                        "共享方式 delivery 消息主题 topic；分区 partitions 1；限速 bytes_per_second 2048",
                        "已同意 approved 云南省人力资源和社会保障厅 (hrss)：人社厅 李某",
                        "待答复 waits for 云南省公安厅 (ga)",
                        "经过 step 2026-11-30 08:00 待答复 filed e1 clerk：filed",
                        "经过 step 2026-11-30 08:00 待答复 filed e1 人社厅 李某：approved for hrss",
                        "下一步 next 补正或修改后重新提交 tongdao grant file FILE",
                        "下一步 next 同意 tongdao grant approve flood-people --agency ga",
                        "下一步 next 自动到期 by itself: 2027-01-01 00:00",
                        "下一步 next 终止 tongdao grant end flood-people",
                        "下一步 next 撤回 tongdao grant withdraw flood-people --agency yb");
    }

    @Test
    void tellsWhatIsMissingOfOneOfWhichNextToNothingIsKnown() throws IOException {
        // Given
        Grant grant = read("grant: bare\nkind: share\n").heldBack("missing");
        // When
        List<String> text =
                GrantText.of(PLAN, grant, new GrantFindings(List.of("使用用途 purpose: x"), List.of("bad")), List.of());
        // Then
        assertThat(text)
                .extracting(line -> line.replaceAll(" +", " "))
                .contains(
                        "状态 status 待补正 incomplete",
                        "缺少 missing 使用用途 purpose: x",
                        "不符合目录 refused bad",
                        "下一步 next 补正或修改后重新提交 tongdao grant file FILE")
                .noneMatch(line -> line.contains("自动到期"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "APPROVED | 自动生效 by itself: 2026-01-01 00:00",
                "ACTIVE | 暂停 tongdao grant suspend yb-enrolment",
                "SUSPENDED | 恢复 tongdao grant resume yb-enrolment",
                "WITHDRAWN | 无，已办结 nothing, it is over",
            })
    void tellsWhatCanComeNext(Status status, String next) {
        // Given
        Path file = CATALOGUE.resolve("grants/yb-enrolment.yaml");
        Grant grant = GrantLives.reached(GrantFile.read(file, "clerk", NOW), status);
        // When
        List<String> text = GrantText.of(PLAN, grant, NOTHING, List.of());
        // Then
        assertThat(text).anyMatch(line -> line.endsWith(next));
        assertThat(text.stream().anyMatch(line -> line.startsWith("主题"))).isEqualTo(status == Status.ACTIVE);
    }

    private Grant read(String yaml) throws IOException {
        return GrantFile.read(Files.writeString(dir.resolve("grant.yaml"), yaml), "clerk", NOW);
    }

    private static Plan plan() {
        Map<String, String> nowhere = Map.of(
                "postgresql.host",
                "none",
                "postgresql.port",
                "1",
                "mariadb.host",
                "none",
                "mariadb.port",
                "1",
                "secrets",
                "none");
        return PlanCompiler.compile(Catalogue.load(CATALOGUE, nowhere));
    }
}
