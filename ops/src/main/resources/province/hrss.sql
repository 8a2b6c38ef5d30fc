-- 省人力资源和社会保障厅 城镇职工参保信息 (T04)
CREATE TABLE public.cbdj_xx (
  grsbbh varchar(20),
  gmsfhm varchar(20),
  xm varchar(50),
  dwtyshxydm varchar(18),
  dwmc varchar(200),
  xzlx varchar(3),
  cbzt varchar(1),
  sccbrq date,
  jfjs numeric(12,2),
  zjjfny varchar(6),
  cbdqh varchar(6),
  sjhm varchar(11),
  PRIMARY KEY (grsbbh, xzlx));
ALTER TABLE public.cbdj_xx REPLICA IDENTITY FULL;
