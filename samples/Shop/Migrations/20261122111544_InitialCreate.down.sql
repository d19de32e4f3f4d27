-- MigrationsBuild SQL 1
-- Migration: 20261122111544_InitialCreate
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: e0eafee86e2909c69bf785cc6c2c971450510b790362e0b26412e13cf069e40e
-- Source: 36745886c3ccad0af16d5d5127d4f9755fb0bf32cd9f13484d2e99d320463b7c

DROP TABLE catalog."ProductTag";

DROP TABLE catalog."Products";

DROP TABLE catalog."Tags";

DROP TABLE catalog."Categories";

DROP TABLE catalog."Suppliers";
