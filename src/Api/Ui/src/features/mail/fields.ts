import type { BlockType } from './document';

/** How a field of a block is edited. */
export type FieldKind = 'template' | 'address' | 'picture' | 'color' | 'number' | 'align' | 'flag' | 'level';

export type FieldName = 'align' | 'alt' | 'background' | 'color' | 'fill' | 'full_width' | 'href' | 'level' | 'padding' | 'radius' | 'size' | 'src' | 'text' | 'thickness' | 'value' | 'width';

export interface FieldSpec {
  name: FieldName;
  kind: FieldKind;
  min?: number;
  max?: number;
  required?: boolean;
}

const size = (name: FieldName, min: number, max: number): FieldSpec => ({ name, kind: 'number', min, max });
const color = (name: FieldName): FieldSpec => ({ name, kind: 'color' });

const own: Record<BlockType, FieldSpec[]> = {
  text: [color('color'), size('size', 8, 72)],
  heading: [{ name: 'level', kind: 'level' }, color('color')],
  image: [{ name: 'src', kind: 'picture', required: true }, { name: 'alt', kind: 'template' }, { name: 'href', kind: 'address' }, size('width', 1, 900)],
  button: [{ name: 'text', kind: 'template', required: true }, { name: 'href', kind: 'address', required: true }, color('fill'), color('color'), size('radius', 0, 60), { name: 'full_width', kind: 'flag' }],
  divider: [color('color'), size('thickness', 1, 20)],
  social: [],
  columns: [],
  qr: [{ name: 'value', kind: 'template', required: true }, size('size', 60, 400)],
  barcode: [{ name: 'value', kind: 'template', required: true }, size('width', 60, 560)],
};

/** The fields of a block beside its text, its links and its columns. */
export function fieldsOf(type: BlockType): FieldSpec[] {
  const common: FieldSpec[] = [color('background'), size('padding', 0, 120)];
  return type === 'columns' || type === 'divider' ? [...own[type], ...common] : [...own[type], { name: 'align', kind: 'align' }, ...common];
}
