-- MigrationsBuild SQL 1
-- Migration: 20261122111841_AddSales
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 6d108a3bc20cef8e5705de36c5c0a77c7a5dd2c81c9aa7eb4c91c5e5288944d5
-- Source: b92bb5248c0dd80410e9a487d3ab02daa1a3158490470894ef7c20f3518e055d

DROP TABLE sales."OrderLines";

DROP TABLE sales."Payments";

DROP TABLE sales."Orders";

DROP TABLE sales."Customers";

DROP TYPE sales.order_status;
