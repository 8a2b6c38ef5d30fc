-- 省市场监督管理局 企业登记信息 (T07); a binary collation, so that full-width and lower-case codes stay distinct
CREATE TABLE qydj_xx (
  ztbh bigint PRIMARY KEY,
  tyshxydm varchar(20) UNIQUE,
  yzch varchar(15),
  qymc varchar(200),
  scztlx varchar(4),
  fddbrxm varchar(50),
  fddbrzjhm varchar(20),
  zczb decimal(18,4),
  clrq date,
  zs varchar(300),
  hydm varchar(5),
  djzt varchar(2),
  jyfw varchar(4000),
  djjg varchar(100),
  hzrq date,
  lxdh varchar(20)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
