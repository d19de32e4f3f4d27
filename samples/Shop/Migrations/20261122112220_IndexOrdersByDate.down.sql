-- MigrationsBuild SQL 1
-- Migration: 20261122112220_IndexOrdersByDate
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 71421a163fe2c1a854d0b3df1c76f2ef56b774806d02a7c132a16ab9110d043a
-- Source: 4d9d84519b982eb1c324d21616a9a472277c46f4693bb75ba1ad068392bffe94

DROP INDEX sales."IX_Orders_PlacedAt";
