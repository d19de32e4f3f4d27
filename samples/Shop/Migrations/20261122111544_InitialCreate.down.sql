-- MigrationsBuild SQL 1
-- Migration: 20261122111544_InitialCreate
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: e0eafee86e2909c69bf785cc6c2c971450510b790362e0b26412e13cf069e40e
-- Source: 2863df6159713366c17636ee4d9d5c44d6260a89769e24285a1dcc5c387fa4b2

DROP TABLE catalog."ProductTag";

DROP TABLE catalog."Products";

DROP TABLE catalog."Tags";

DROP TABLE catalog."Categories";

DROP TABLE catalog."Suppliers";
