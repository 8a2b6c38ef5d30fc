-- 省公安厅 户籍人口基本信息 (T01)
CREATE TABLE public.czrk_jbxx (
  ryid bigint PRIMARY KEY,
  gmsfhm varchar(20) UNIQUE,
  xm varchar(50),
  cym varchar(50),
  xb char(1),
  mz varchar(2),
  csrq date,
  hjqh varchar(6),
  hjdz varchar(200),
  hh varchar(20),
  yhzgx varchar(2),
  jzzdz varchar(200),
  hkzt varchar(2));
ALTER TABLE public.czrk_jbxx REPLICA IDENTITY FULL;
