using System.ComponentModel.DataAnnotations;

namespace Shop.Models;

public class Category
{
    public int Id { get; set; }

    [MaxLength(80)]
    public required string Name { get; set; }

    public int? ParentId { get; set; }

    public Category? Parent { get; set; }

    public List<Product> Products { get; } = [];
}
