"""Derives reference.json, which ContractTests reads, from the OpenAPI files of the product that this API is compatible with.

    python3 derive.py FOLDER > reference.json

FOLDER has the files of the public repository voucherifyio/voucherify-openapi, documentation/openapi/*.json; reference.json was
made of commit 65c33a7. Only facts are kept: of each path and method the query parameters, the scopes of tokens, the body, the status and the body of
the successful answer, each as a shape. No descriptions, no examples.

A shape is a text for a scalar ("string", "integer", "number", "boolean", "any"; more than one with a bar between), an object of
shapes for an object, and an array with one shape for an array. After the name of a field, ! says that it is required, ? that it may
be null. References are resolved, alternatives merged (required is what every alternative requires), and what lies below DEPTH
objects is "any". In bodies the texts that are allowed follow after an equals sign: "string=a,b".
"""
import glob
import json
import os
import sys

DEPTH = 3


def scalars(*shapes):
    return "|".join(sorted({part for shape in shapes for part in shape.split("=")[0].split("|")}))


def fields(shape):
    """Name to (required, nullable, shape)."""
    return {name.rstrip("!?"): ("!" in name, "?" in name, value) for name, value in shape.items()}


def field(name, required, nullable):
    return name + ("!" if required else "") + ("?" if nullable else "")


def merge(one, other, both):
    """both: of allOf, where what either requires is required. Otherwise of alternatives."""
    if one == other:
        return one
    if isinstance(one, dict) and isinstance(other, dict):
        a, b = fields(one), fields(other)
        merged = {}
        for name in list(a) + [name for name in b if name not in a]:
            if name in a and name in b:
                required = a[name][0] or b[name][0] if both else a[name][0] and b[name][0]
                merged[field(name, required, a[name][1] or b[name][1])] = merge(a[name][2], b[name][2], both)
            else:
                required, nullable, value = a.get(name) or b.get(name)
                merged[field(name, required and both, nullable)] = value
        return merged
    if isinstance(one, list) and isinstance(other, list):
        return [merge(one[0], other[0], both)]
    if isinstance(one, str) and isinstance(other, str):
        if both and "any" in (one, other):
            return other if one == "any" else one
        if one.startswith("string=") and other.startswith("string=") and not both:
            texts = one[7:].split(",")
            return "string=" + ",".join(texts + [text for text in other[7:].split(",") if text not in texts])
        return scalars(one, other)
    if both and "any" in (one, other):
        return other if one == "any" else one
    return "any"


class File:
    def __init__(self, document):
        self.document = document

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node

    def shape(self, schema, depth, body):
        schema = self.resolve(schema)
        result = self.own(schema, depth, body)
        for part in schema.get("allOf", []):
            result = merge(result, self.shape(part, depth, body), True) if result is not None else self.shape(part, depth, body)
        alternatives = schema.get("oneOf") or schema.get("anyOf")
        if alternatives:
            chosen = None
            for part in alternatives:
                shape = self.shape(part, depth, body)
                chosen = shape if chosen is None else merge(chosen, shape, False)
            result = chosen if result is None else merge(result, chosen, True)
        result = "any" if result is None else result
        if isinstance(result, dict):
            required = [name for name in schema.get("required", []) if isinstance(name, str)]
            result = {field(name, needed or name in required, null): value for name, (needed, null, value) in fields(result).items()}
        return result

    def nullable(self, schema):
        schema = self.resolve(schema)
        parts = [part for kind in ("allOf", "oneOf", "anyOf") for part in schema.get(kind, [])]
        return bool(schema.get("nullable")) or any(self.nullable(part) for part in parts)

    def own(self, schema, depth, body):
        kind = schema.get("type")
        if kind == "array":
            return [self.shape(schema.get("items", {}), depth, body)]
        if kind == "object" or "properties" in schema:
            properties = schema.get("properties", {})
            if depth == 0:
                return "any"
            if not properties:
                return None if any(key in schema for key in ("allOf", "oneOf", "anyOf")) else {}
            return {field(name, False, self.nullable(value)): self.shape(value, depth - 1, body) for name, value in properties.items()}
        if kind is None:
            return None
        texts = [text for text in schema.get("enum", []) if isinstance(text, str)]
        return kind + "=" + ",".join(texts) if body and texts and kind == "string" else kind

    def operation(self, item, operation):
        result = {}
        for parameter in map(self.resolve, item.get("parameters", []) + operation.get("parameters", [])):
            if parameter["in"] == "query":
                shape = self.shape(parameter.get("schema", {}), 1, False)
                result.setdefault("query", {})[parameter["name"]] = shape if isinstance(shape, str) else "array" if isinstance(shape, list) else "object"
        scopes = [scope for way in operation.get("security", []) for scope in way.get("X-Voucherify-OAuth", [])]
        if scopes:
            result["scopes"] = scopes
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        for media, value in content.items():
            result["body"] = {media: self.shape(value.get("schema", {}), DEPTH, True)}
        for status, answer in sorted(operation.get("responses", {}).items()):
            if status.startswith("2"):
                answer = self.resolve(answer).get("content", {})
                result["status"] = int(status)
                if "application/json" in answer:
                    result["answer"] = self.shape(answer["application/json"].get("schema", {}), DEPTH, False)
                break
        return result


operations = {}
for name in sorted(glob.glob(os.path.join(sys.argv[1], "*.json"))):
    file = File(json.load(open(name)))
    for path, item in file.document["paths"].items():
        if path == "/v1/exports/{export_Id}":
            continue  # On the host for downloads.
        for method, operation in item.items():
            if method in ("get", "post", "put", "delete", "patch"):
                operations[f"{method.upper()} {path}"] = file.operation(item, operation)

print("{")
rows = [f"{json.dumps(key)}: {json.dumps(operations[key], separators=(',', ':'))}" for key in sorted(operations)]
print(",\n".join(rows))
print("}")
