import { describe, expect, it, vi } from 'vitest';
import { Navigation } from './navigation.svelte';

describe('navigation', () => {
  it('starts at the list', () => {
    const nav = new Navigation();
    expect(nav.top).toBeNull();
    expect(nav.back()).toBe(false);
  });

  it('goes back the way it came', () => {
    const nav = new Navigation();
    nav.push({ name: 'add' });
    nav.push({ name: 'confirmEntry', draftId: 'd' });
    expect(nav.top).toEqual({ name: 'confirmEntry', draftId: 'd' });
    nav.back();
    expect(nav.top).toEqual({ name: 'add' });
    nav.back();
    expect(nav.top).toBeNull();
  });

  it('does not come back to a screen that was replaced', () => {
    const nav = new Navigation();
    nav.push({ name: 'add' });
    nav.push({ name: 'scanner' });
    nav.replace({ name: 'confirmEntry', draftId: 'd' });
    nav.back();
    expect(nav.top).toEqual({ name: 'add' });
  });

  it('restarts above the list', () => {
    const nav = new Navigation();
    nav.push({ name: 'add' });
    nav.push({ name: 'manualEntry' });
    nav.restart({ name: 'saved', id: 'a' });
    nav.back();
    expect(nav.top).toBeNull();
  });

  it('closes what lies on top first', () => {
    const nav = new Navigation();
    const close = vi.fn();
    nav.push({ name: 'settings' });
    const release = nav.overlay(close);
    expect(nav.depth).toBe(2);
    nav.back();
    expect(close).toHaveBeenCalledOnce();
    expect(nav.top).toEqual({ name: 'settings' });
    release();
    nav.back();
    expect(nav.top).toBeNull();
    expect(nav.depth).toBe(0);
  });

  it('closes each of two that are closed by the same function', () => {
    const nav = new Navigation();
    const close = vi.fn();
    const first = nav.overlay(close);
    const second = nav.overlay(close);
    first();
    expect(nav.back()).toBe(true);
    expect(close).toHaveBeenCalledOnce();
    second();
    expect(nav.back()).toBe(false);
  });
});
