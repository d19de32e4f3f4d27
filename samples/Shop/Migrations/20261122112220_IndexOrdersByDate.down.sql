-- MigrationsBuild SQL 1
-- Migration: 20261122112220_IndexOrdersByDate
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 71421a163fe2c1a854d0b3df1c76f2ef56b774806d02a7c132a16ab9110d043a
-- Source: 552ddde0b96338891d94e86908df82dde923ed0136880699e046a5f43cef26d6

DROP INDEX sales."IX_Orders_PlacedAt";
