using System.ComponentModel.DataAnnotations;

namespace Shop.Models;

public class Supplier
{
    public int Id { get; set; }

    [MaxLength(200)]
    public required string Name { get; set; }

    public required Address Address { get; set; }

    public List<Product> Products { get; } = [];
}
