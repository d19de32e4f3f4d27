-- MigrationsBuild SQL 1
-- Migration: 20261122112220_IndexOrdersByDate
-- Direction: up
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 48c59aa708cee983325b726480c6060fc9b1498bbf4714d3843bd3f426252dde
-- Source: 4d9d84519b982eb1c324d21616a9a472277c46f4693bb75ba1ad068392bffe94

-- outside a transaction
CREATE INDEX CONCURRENTLY "IX_Orders_PlacedAt" ON sales."Orders" ("PlacedAt");
