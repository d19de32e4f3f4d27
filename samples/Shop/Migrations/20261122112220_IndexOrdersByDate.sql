-- MigrationsBuild SQL 1
-- Migration: 20261122112220_IndexOrdersByDate
-- Direction: up
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 48c59aa708cee983325b726480c6060fc9b1498bbf4714d3843bd3f426252dde
-- Source: 552ddde0b96338891d94e86908df82dde923ed0136880699e046a5f43cef26d6

-- outside a transaction
CREATE INDEX CONCURRENTLY "IX_Orders_PlacedAt" ON sales."Orders" ("PlacedAt");
